//! Which elements form the long axis, and on which side of it each port lies.
//!
//! The axis runs from the first element forward and aft through whatever is attached `forward` or `aft` of it. A port on an
//! element beside the axis is drawn where the chain of parents leaves the axis: above for zenith, below for everything else.

use std::collections::BTreeMap;

use book::Book;
use record::Word;
use station::{Element, ElementKind, Port};
use timeline::Time;

use super::{PortMap, Section, Socket};

/// The port map of the station at `at`.
pub(crate) fn layout(book: &Book, at: Time) -> PortMap {
    let standing = Standing::at(book, at);
    let axis = standing.axis();
    let mut map = PortMap {
        sections: axis
            .iter()
            .map(|element| Section { element: short(&element.name), ..Section::default() })
            .collect(),
        ..PortMap::default()
    };
    for port in standing.ports() {
        let holder = standing.holders.get(port.place.as_str()).cloned();
        let Some((position, side)) = standing.side_of(port, &axis) else { continue };
        let carried_by_axis = axis.iter().any(|element| element.id == port.element);
        let name = match (carried_by_axis, standing.ports_of(&port.element)) {
            (true, _) => port.direction.word().to_owned(),
            (false, 1) => standing.name_of(port),
            (false, _) => format!("{} {}", standing.name_of(port), port.direction.word()),
        };
        let socket = Socket { name, holder };
        match side {
            Side::Aft => map.aft.push(socket),
            Side::Forward => map.forward.push(socket),
            Side::Above => map.sections[position].above.push(socket),
            Side::Below => map.sections[position].below.push(socket),
        }
    }
    map
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Aft,
    Forward,
    Above,
    Below,
}

/// The station as it stands at one moment.
struct Standing<'a> {
    elements: BTreeMap<&'a str, &'a Element>,
    ports: Vec<&'a Port>,
    /// Names of the flights that hold a place.
    holders: BTreeMap<&'a str, String>,
    at: Time,
}

impl<'a> Standing<'a> {
    fn at(book: &'a Book, at: Time) -> Self {
        let elements = book
            .elements
            .iter()
            .map(|element| &element.value)
            .filter(|element| element.placement_at(at).is_some());
        let ports = book
            .ports
            .iter()
            .map(|port| &port.value)
            .filter(|port| port.usable().is_some_and(|usable| usable.contains(at)));
        let mut holders = BTreeMap::new();
        for docking in book.docked_at(at) {
            if let (Some(port), Some(flight)) =
                (book.ports.get(&docking.port), book.flights.get(&docking.flight))
            {
                holders.insert(port.value.place.as_str(), flight.name.clone());
            }
        }
        Self {
            elements: elements.map(|element| (element.id.as_str(), element)).collect(),
            ports: ports.collect(),
            holders,
            at,
        }
    }

    /// The ports to draw: those that no element sits on, and of several at one place the first.
    fn ports(&self) -> impl Iterator<Item = &'a Port> + '_ {
        let mut drawn: Vec<&str> = Vec::new();
        self.ports.iter().copied().filter(|port| !self.is_taken(port)).filter(move |port| {
            let first = !drawn.contains(&port.place.as_str());
            drawn.push(&port.place);
            first
        })
    }

    /// Whether a part of the station hangs there, other than the adapter that vehicles come to.
    fn is_taken(&self, port: &Port) -> bool {
        self.attached_to(&port.element, port.direction.word())
            .is_some_and(|child| child.kind != ElementKind::DockingAdapter)
    }

    fn ports_of(&self, element: &station::ElementId) -> usize {
        self.ports.iter().filter(|port| port.element == *element).count()
    }

    fn name_of(&self, port: &Port) -> String {
        self.elements
            .get(port.element.as_str())
            .map_or_else(|| port.name.clone(), |element| short(&element.name))
    }

    /// The elements in line, from aft to forward.
    fn axis(&self) -> Vec<&'a Element> {
        let root = self.elements.values().copied().find(|element| self.parent(element).is_none());
        let Some(root) = root else { return Vec::new() };
        let mut axis = self.line_from(root, "aft");
        axis.reverse();
        axis.push(root);
        axis.extend(self.line_from(root, "forward"));
        axis.retain(|element| element.kind != ElementKind::DockingAdapter);
        axis
    }

    /// What is attached to `element` on one side, and to that on the same side, and so on.
    fn line_from(&self, element: &'a Element, side: &str) -> Vec<&'a Element> {
        let mut line: Vec<&Element> = Vec::new();
        let mut last = element;
        while let Some(next) =
            self.attached_to(&last.id, side).filter(|next| !line.iter().any(|e| e.id == next.id))
        {
            line.push(next);
            last = next;
        }
        line
    }

    fn attached_to(&self, element: &station::ElementId, side: &str) -> Option<&'a Element> {
        self.elements.values().copied().find(|child| {
            let in_line = child.volume_m3.is_some() || child.kind == ElementKind::DockingAdapter;
            let placement = child.placement_at(self.at);
            in_line && placement.is_some_and(|p| p.at == side && p.parent.as_ref() == Some(element))
        })
    }

    fn parent(&self, element: &Element) -> Option<&'a Element> {
        let placement = element.placement_at(self.at)?;
        self.elements.get(placement.parent.as_ref()?.as_str()).copied()
    }

    /// Where on the axis a port belongs, and on which side of it.
    fn side_of(&self, port: &Port, axis: &[&Element]) -> Option<(usize, Side)> {
        let mut element = *self.elements.get(port.element.as_str())?;
        let mut direction = port.direction.word();
        for _ in 0..self.elements.len() {
            if let Some(position) = axis.iter().position(|on_axis| on_axis.id == element.id) {
                let side = match direction {
                    "aft" if position == 0 => Side::Aft,
                    "forward" if position + 1 == axis.len() => Side::Forward,
                    "zenith" => Side::Above,
                    _ => Side::Below,
                };
                return Some((position, side));
            }
            direction = &element.placement_at(self.at)?.at;
            element = self.parent(element)?;
        }
        None
    }
}

/// An element's name without what stands in brackets.
fn short(name: &str) -> String {
    name.split(" (").next().unwrap_or(name).to_owned()
}
