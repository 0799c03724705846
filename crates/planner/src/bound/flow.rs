/// A network through which slots flow to node 0.
#[derive(Clone)]
pub(super) struct Flow {
    edges: Vec<Edge>,
    /// Edges that leave each node; edge `n ^ 1` goes the other way.
    leaving: Vec<Vec<u32>>,
    /// Nodes from which nothing can reach the end any more. More flow never opens a way for them: it would have to pass through one.
    closed: Vec<bool>,
    came_by: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Edge {
    to: u32,
    room: u64,
}

const NONE: u32 = u32::MAX;

impl Flow {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            edges: Vec::new(),
            leaving: vec![Vec::new(); nodes],
            closed: vec![false; nodes],
            came_by: vec![NONE; nodes],
        }
    }

    pub(super) fn add(&mut self) -> usize {
        self.leaving.push(Vec::new());
        self.closed.push(false);
        self.came_by.push(NONE);
        self.leaving.len() - 1
    }

    pub(super) fn connect(&mut self, from: usize, to: usize, room: u64) {
        for (node, other, room) in [(from, to, room), (to, from, 0)] {
            self.leaving[node].push(self.edges.len() as u32);
            self.edges.push(Edge { to: other as u32, room });
        }
    }

    /// Lets up to so many slots flow from a node to the end, sending on what flows already by other ways where that helps; what flowed
    /// from other nodes before never gets less. Returns how many it could.
    pub(super) fn push(&mut self, from: usize, amount: u64) -> u64 {
        let mut pushed = 0;
        while pushed < amount && !self.closed[from] {
            if !self.search(from) {
                break;
            }
            let mut room = amount - pushed;
            self.each_edge(from, |edges, edge| room = room.min(edges[edge].room));
            self.each_edge(from, |edges, edge| {
                edges[edge].room -= room;
                edges[edge ^ 1].room += room;
            });
            pushed += room;
        }
        pushed
    }

    /// Walks back from the end over the way found last.
    fn each_edge(&mut self, from: usize, mut f: impl FnMut(&mut [Edge], usize)) {
        let mut node = 0;
        while node != from {
            let edge = self.came_by[node] as usize;
            f(&mut self.edges, edge);
            node = self.edges[edge ^ 1].to as usize;
        }
    }

    /// Breadth first to the end; closes all nodes seen when there is no way.
    fn search(&mut self, from: usize) -> bool {
        self.came_by.fill(NONE);
        let mut queue = vec![from as u32];
        let mut at = 0;
        while let Some(node) = queue.get(at).copied() {
            at += 1;
            for edge in &self.leaving[node as usize] {
                let Edge { to, room } = self.edges[*edge as usize];
                let to = to as usize;
                if room == 0 || to == from || self.came_by[to] != NONE || self.closed[to] {
                    continue;
                }
                self.came_by[to] = *edge;
                if to == 0 {
                    return true;
                }
                queue.push(to as u32);
            }
        }
        queue.iter().for_each(|node| self.closed[*node as usize] = true);
        false
    }
}
