//! The gear types a rack knows.

use std::{collections::BTreeMap, sync::Arc};

use rig_scenario::Manifest;

use crate::GearType;

/// Gear types by name. [`Registry::builtin`] has those of this crate; an embedder may add others.
#[derive(Clone, Default)]
pub struct Registry(BTreeMap<String, Arc<dyn GearType>>);

impl Registry {
    pub fn new() -> Self {
        Self::default()
    }
    /// Everything that comes with the program. One line for each gear type.
    pub fn builtin() -> Self {
        let mut types = Self::new();
        types.add(crate::coatcheck::CoatCheckType::new());
        types.add(crate::codec_iso8583::CodecType::new());
        types.add(crate::conductor::ConductorType::new());
        types.add(crate::file::FileType::new());
        types.add(crate::generate::GenerateType::new());
        types.add(crate::http::HttpType::new());
        types.add(crate::io_iso8583::IoIso8583Type::new());
        types.add(crate::io_tcp::IoTcpType::new());
        types.add(crate::log::LogType::new());
        types
    }
    /// Adds a type, in place of one with the same name.
    pub fn add(&mut self, gear_type: impl GearType + 'static) {
        self.0.insert(gear_type.manifest().gear_type.clone(), Arc::new(gear_type));
    }
    pub fn get(&self, name: &str) -> Option<&Arc<dyn GearType>> {
        self.0.get(name)
    }
    /// The manifests, by name.
    pub fn manifests(&self) -> Vec<Manifest> {
        self.0.values().map(|gear_type| gear_type.manifest().clone()).collect()
    }
}
