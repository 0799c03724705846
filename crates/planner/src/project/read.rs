use super::{Job, MAX_JOBS, Project};
use crate::crewweek::ReadError;

/// Reads a project in the format of PSPLIB's single-mode files (`.sm`; Kolisch and Sprecher, "PSPLIB - a project scheduling problem
/// library", EJOR 96, 1997). Supersource and supersink stay jobs of duration 0.
///
/// # Errors
///
/// The first line that does not say what it should; several modes and resources that are used up are refused.
pub fn read_psplib(text: &str) -> Result<Project, ReadError> {
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader { lines: &lines, at: 0 };
    let count = reader.value_after("jobs")?;
    if count > MAX_JOBS {
        return Err(ReadError::new(reader.at, format!("{count} jobs, at most {MAX_JOBS} can be scheduled")));
    }
    let resources = reader.value_after("- renewable")?;
    for other in ["- nonrenewable", "- doubly constrained"] {
        if reader.value_after(other)? != 0 {
            return Err(ReadError::new(reader.at, "only renewable resources can be scheduled"));
        }
    }
    let mut project = Project::default();
    reader.seek("PRECEDENCE RELATIONS")?;
    reader.skip_to_numbers();
    for index in 0..count {
        let successors = reader.successors(index, count)?;
        project.jobs.push(Job { successors, ..Job::default() });
    }
    reader.seek("REQUESTS/DURATIONS")?;
    reader.skip_to_numbers();
    for index in 0..count {
        let numbers =
            reader.numbers(3 + resources, "job, mode, duration and what it needs of each resource")?;
        reader.expect(index, numbers[0])?;
        project.jobs[index].duration = numbers[2];
        project.jobs[index].demands = numbers[3..].to_vec();
    }
    reader.seek("RESOURCEAVAILABILITIES")?;
    reader.skip_to_numbers();
    project.capacities = reader.numbers(resources, "the amount of each resource")?;
    project.check().map_err(|fault| ReadError::new(reader.at, fault.to_string()))?;
    Ok(project)
}

struct Reader<'a> {
    lines: &'a [&'a str],
    /// Lines read so far: the number of the last one.
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self, expected: &str) -> Result<String, ReadError> {
        let line = self.lines.get(self.at).copied();
        self.at += 1;
        line.map(str::to_owned)
            .ok_or_else(|| ReadError::new(self.at, format!("the text ends, expected {expected}")))
    }

    /// Goes on behind the next line that begins so.
    fn seek(&mut self, begin: &str) -> Result<String, ReadError> {
        loop {
            let line = self.next(&format!("a line `{begin}`"))?;
            if line.trim_start().starts_with(begin) {
                return Ok(line);
            }
        }
    }

    /// The number behind the colon of the next line that begins so.
    fn value_after(&mut self, begin: &str) -> Result<usize, ReadError> {
        let line = self.seek(begin)?;
        let value = line.split_once(':').and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
        value.ok_or_else(|| {
            ReadError::new(self.at, format!("`{}`, expected a whole number behind a colon", line.trim()))
        })
    }

    /// Passes over headings.
    fn skip_to_numbers(&mut self) {
        let is_numbers = |line: &&str| line.trim_start().starts_with(|first: char| first.is_ascii_digit());
        while self.lines.get(self.at).is_some_and(|line| !is_numbers(line)) {
            self.at += 1;
        }
    }

    fn numbers(&mut self, count: usize, expected: &str) -> Result<Vec<u32>, ReadError> {
        let line = self.next(expected)?;
        let numbers: Option<Vec<u32>> = line.split_whitespace().map(|word| word.parse().ok()).collect();
        match numbers {
            Some(numbers) if numbers.len() == count => Ok(numbers),
            _ => Err(ReadError::new(
                self.at,
                format!("`{}`, expected {count} numbers: {expected}", line.trim()),
            )),
        }
    }

    fn successors(&mut self, index: usize, count: usize) -> Result<Vec<usize>, ReadError> {
        let line = self.next("job, modes, number of successors and successors")?;
        let numbers: Option<Vec<u32>> = line.split_whitespace().map(|word| word.parse().ok()).collect();
        let Some([job, modes, length, successors @ ..]) = numbers.as_deref() else {
            return Err(ReadError::new(
                self.at,
                format!("`{}`, expected job, modes, successors", line.trim()),
            ));
        };
        self.expect(index, *job)?;
        if *modes != 1 {
            return Err(ReadError::new(
                self.at,
                format!("job {job} has {modes} modes, only one can be scheduled"),
            ));
        }
        if *length as usize != successors.len() {
            let message = format!("job {job} says {length} successors and lists {}", successors.len());
            return Err(ReadError::new(self.at, message));
        }
        let known = |job: &u32| {
            let index = (*job as usize).checked_sub(1).filter(|index| *index < count);
            index.ok_or_else(|| {
                ReadError::new(self.at, format!("successor {job}, but there are {count} jobs"))
            })
        };
        successors.iter().map(known).collect()
    }

    fn expect(&self, index: usize, job: u32) -> Result<(), ReadError> {
        if job as usize == index + 1 {
            return Ok(());
        }
        Err(ReadError::new(self.at, format!("job {job}, expected job {}", index + 1)))
    }
}
