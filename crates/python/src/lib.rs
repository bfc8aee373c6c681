//! The Python module `wirecopy`: the stages on lists of articles and on Arrow tables, the tables of a store, the command,
//! and the functions that its Spark job maps over batches.
//!
//! What Python's users read (names, arguments, examples) is told in `python/wirecopy/`; here is what carries it out. Not
//! for: any decision about an article.

#![forbid(unsafe_code)]

mod input;
mod output;
mod schema;
mod spark;
mod stages;
mod store;

use pyo3::prelude::*;

/// Runs the command with the arguments of this process and gives its exit code.
#[pyfunction]
fn main(py: Python<'_>) -> PyResult<u8> {
    let arguments: Vec<std::ffi::OsString> = py.import("sys")?.getattr("argv")?.extract()?;
    Ok(py.detach(|| wirecopy_cli::run(arguments)))
}

#[pymodule]
mod _wirecopy {
    use super::*;

    #[pymodule_export]
    use super::main;
    #[pymodule_export]
    use super::output::Table;
    #[pymodule_export]
    use super::spark::{enough, finish, group, mask, meet, parse, read, repeated, scatter, sum_up, trace, verify};
    #[pymodule_export]
    use super::stages::{annotate, claims, copies, dates, disputes, extract, lineage, stories};
    #[pymodule_export]
    use super::store::{Store, build, open};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let py = module.py();
        module.add("Rejected", py.get_type::<input::Rejected>())?;
        module.add("StoreFault", py.get_type::<store::StoreFault>())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
