//! The drawing itself.

use super::{PortMap, Section, Socket};
use crate::text::{Ink, WIDTH, cut, pad, width};

/// The drawing, at most [`WIDTH`] columns wide, colour for holders only.
pub(crate) fn draw(map: &PortMap, ink: Ink) -> String {
    if map.sections.is_empty() {
        return String::new();
    }
    let columns = Columns::of(map);
    let mut text = String::new();
    let height = map.sections.iter().map(|section| section.above.len()).max().unwrap_or(0);
    for level in (0..height).rev() {
        text += &columns.level(map, level, Side::Above, ink);
    }
    text += &columns.axis(map);
    let depth = map.sections.iter().map(|section| section.below.len()).max().unwrap_or(0);
    for level in 0..depth.max(map.aft.len()).max(map.forward.len()) {
        text += &columns.level(map, level, Side::Below, ink);
    }
    text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Width of each column: the aft end, each section, the forward end.
struct Columns {
    aft: usize,
    sections: Vec<usize>,
    forward: usize,
}

impl Columns {
    /// Blanks between two columns.
    const GAP: usize = 1;
    /// The mark of a port and a blank, before its name.
    const LEAD: usize = 2;

    fn of(map: &PortMap) -> Self {
        let sockets_width = |sockets: &[Socket]| {
            sockets.iter().map(|s| width(&s.name).max(width(holder(s))) + Self::LEAD).max().unwrap_or(0)
        };
        let section_width = |section: &Section| {
            let ports = sockets_width(&section.above).max(sockets_width(&section.below));
            (ports + Self::GAP).max(width(&section.element) + 2)
        };
        let mut columns = Self {
            aft: sockets_width(&map.aft) + Self::GAP,
            sections: map.sections.iter().map(section_width).collect(),
            forward: sockets_width(&map.forward) + Self::GAP,
        };
        columns.narrow();
        columns
    }

    /// Takes columns from the widest until the drawing fits the page.
    fn narrow(&mut self) {
        while self.aft + self.forward + self.sections.iter().sum::<usize>() > WIDTH {
            let widest = self.sections.iter_mut().chain([&mut self.aft, &mut self.forward]).max();
            match widest {
                Some(widest) if *widest > 6 => *widest -= 1,
                _ => return,
            }
        }
    }

    /// `──┤ Zvezda ├──┤ Zarya ├──`, with a socket at each end that has one.
    fn axis(&self, map: &PortMap) -> String {
        let mut text = String::new();
        match map.aft.first() {
            Some(socket) => text += &format!("{}{}", mark(socket), "─".repeat(self.aft.saturating_sub(1))),
            None => text += &" ".repeat(self.aft),
        }
        let last = map.sections.len().saturating_sub(1);
        for (index, (section, columns)) in map.sections.iter().zip(&self.sections).enumerate() {
            let name = format!("┤{}├", cut(&section.element, columns.saturating_sub(2)));
            let ends_here = index == last && map.forward.is_empty();
            let line =
                if ends_here { String::new() } else { "─".repeat(columns.saturating_sub(width(&name))) };
            text += &format!("{name}{line}");
        }
        if let Some(socket) = map.forward.first() {
            text += &format!("{}{}", "─".repeat(2), mark(socket));
        }
        text + "\n"
    }

    /// One level of ports: two lines, the port's name and its holder, and above the axis a stem below them.
    fn level(&self, map: &PortMap, level: usize, side: Side, ink: Ink) -> String {
        let mut names = String::new();
        let mut holders = String::new();
        let mut add = |socket: Option<&Socket>, columns: usize, beside_axis: bool| {
            let room = columns.saturating_sub(Self::GAP + Self::LEAD);
            let Some(socket) = socket else {
                names += &" ".repeat(columns);
                holders += &" ".repeat(columns);
                return;
            };
            let lead = if beside_axis { "  ".to_owned() } else { format!("{} ", mark(socket)) };
            names += &pad(&format!("{lead}{}", cut(&socket.name, room)), columns);
            let shown = cut(holder(socket), room);
            let inked = if socket.holder.is_some() { ink.bold(&shown) } else { ink.faint(&shown) };
            holders += &pad(&format!("  {inked}"), columns);
        };
        let at_ends = side == Side::Below;
        add(map.aft.get(level).filter(|_| at_ends), self.aft, level == 0);
        for (section, columns) in map.sections.iter().zip(&self.sections) {
            let sockets = if side == Side::Above { &section.above } else { &section.below };
            add(sockets.get(level), *columns, false);
        }
        add(map.forward.get(level).filter(|_| at_ends), self.forward, level == 0);
        let (first, second) = if side == Side::Above { (holders, names) } else { (names, holders) };
        format!("{}\n{}\n", first.trim_end(), second.trim_end())
    }
}

fn mark(socket: &Socket) -> char {
    if socket.holder.is_some() { '●' } else { '○' }
}

fn holder(socket: &Socket) -> &str {
    socket.holder.as_deref().unwrap_or("free")
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::portmap::{PortMap, Section, Socket};
    use crate::text::{Ink, WIDTH, width};

    fn socket(name: &str, holder: &str) -> Socket {
        Socket { name: name.to_owned(), holder: (!holder.is_empty()).then(|| holder.to_owned()) }
    }

    fn station() -> PortMap {
        let section = |element: &str, above: Vec<Socket>, below: Vec<Socket>| Section {
            element: element.to_owned(),
            above,
            below,
        };
        PortMap {
            aft: vec![socket("aft", "Progress MS-34")],
            sections: vec![
                section("Zvezda", vec![socket("Poisk", "Progress MS-33")], vec![socket("Prichal", "")]),
                section("Zarya", vec![], vec![socket("Rassvet", "Soyuz MS-28")]),
                section("Unity", vec![], vec![socket("nadir", "Cygnus NG-24")]),
                section("Destiny", vec![], vec![]),
                section("Harmony", vec![socket("zenith", "Crew-12")], vec![socket("nadir", "")]),
            ],
            forward: vec![socket("forward", "CRS-34")],
        }
    }

    #[test]
    fn every_port_and_holder_is_on_the_page() {
        let text = draw(&station(), Ink::Plain);
        insta::assert_snapshot!(text);
        assert!(text.lines().all(|line| width(line) <= WIDTH));
    }

    #[test]
    fn a_wide_station_is_narrowed_to_the_page() {
        let mut map = station();
        for section in &mut map.sections {
            section.below.push(socket("a very long name of a port", "a flight with a very long name"));
        }
        assert!(draw(&map, Ink::Plain).lines().all(|line| width(line) <= WIDTH));
    }
}
