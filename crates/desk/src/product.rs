//! Which plan of the baseline is meant.

use change::Products;
use plan::{Level, Plan};
use record::{ProductId, Word as _};

use crate::DeskError;

/// The plan of the baseline over the same time and as fine, or a new one called after its level and first day.
///
/// # Errors
/// When its first day names no product.
pub fn product_of(before: &Products, plan: &Plan) -> Result<ProductId, DeskError> {
    let same = before.plans.iter().find(|(_, held)| held.level == plan.level && held.span == plan.span);
    if let Some((id, _)) = same {
        return Ok(id.clone());
    }
    let level = match plan.level {
        Level::Increment => "increment",
        other => other.word(),
    };
    let name = format!("{level}-{}", plan.span.start().date());
    name.parse()
        .map_err(|_| DeskError::Product(format!("`{name}` names no plan: say how it is to be called")))
}

/// The plan of the baseline called `id`, or the only one.
///
/// # Errors
/// When there is none of that name, or several and none is named.
pub fn plan_named<'a>(
    products: &'a Products,
    id: Option<&str>,
) -> Result<(&'a ProductId, &'a Plan), DeskError> {
    let names = products.plans.keys().map(ProductId::as_str).collect::<Vec<_>>().join(", ");
    let mut all = products.plans.iter();
    let found = match id {
        _ if products.plans.is_empty() => {
            Err("the baseline has no plan yet: ask for a whole one first".to_owned())
        }
        Some(id) => all
            .find(|(name, _)| name.as_str() == id)
            .ok_or_else(|| format!("the baseline has no plan `{id}`; it has {names}")),
        None if products.plans.len() > 1 => Err(format!("say which plan: {names}")),
        None => all.next().ok_or_else(String::new),
    };
    found.map_err(DeskError::Product)
}
