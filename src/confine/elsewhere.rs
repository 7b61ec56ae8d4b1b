//! Stands in where no kernel is asked, and says so.

use super::{Confinement, Hold, Rules};

pub(super) fn confine(_: &Rules) -> Confinement {
    let reason = if cfg!(feature = "sandbox") {
        "only done on Linux, on x86-64 and 64-bit ARM"
    } else {
        "this program was built without its `sandbox` feature"
    };
    Confinement {
        files: Hold::Unavailable(reason.into()),
        network_and_programs: Hold::Unavailable(reason.into()),
    }
}
