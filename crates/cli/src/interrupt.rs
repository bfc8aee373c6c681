//! What Ctrl-C does: at once by default, for the store undoes what was not committed; after the work in hand where a command
//! says that it looks.

use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

static ASKED: AtomicBool = AtomicBool::new(false);
static FINISHING: AtomicBool = AtomicBool::new(false);

/// The exit code of whoever was interrupted.
pub const CODE: u8 = 130;

/// Begins to listen.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        // The second time is meant.
        if ASKED.swap(true, SeqCst) || !FINISHING.load(SeqCst) {
            exit(CODE.into());
        }
    });
}

/// Whether the user has asked to stop.
pub fn asked() -> bool {
    ASKED.load(SeqCst)
}

/// While it lives, the work in hand is finished: the command asks [`asked`].
pub struct Finishing(());

pub fn finishing() -> Finishing {
    FINISHING.store(true, SeqCst);
    Finishing(())
}

impl Drop for Finishing {
    fn drop(&mut self) {
        FINISHING.store(false, SeqCst);
    }
}

/// There is no work in hand any more that would be worth finishing.
pub fn at_once() {
    FINISHING.store(false, SeqCst);
    if asked() {
        exit(CODE.into());
    }
}
