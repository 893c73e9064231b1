//! Every gear type of the program: those of `rig-gears`, and those that have a crate of their own
//! because of what they stand on.

use rig_gears::Registry;

pub fn registry() -> Registry {
    let mut types = Registry::builtin();
    types.add(rig_remap::RemapType::new());
    types
}
