//! Placeholder.
use super::{cases::CaseDraft, context::Context, exercise::Setting};
pub(super) fn check(_: &Context<'_>, _: &CaseDraft, _: Setting) {}
