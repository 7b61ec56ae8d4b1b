//! Runs this very program again in a child, confines it, and tries what a build must not be able to do, and
//! what it must.
//!
//! It has a `main` of its own because the child has to confine itself before any other thread exists, which
//! the usual test harness does not allow.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "the test tries out, on folders of its own, just what only two modules may do"
)]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("SKIPPED confine: only done on Linux");
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    linux::main()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        env, fs, io,
        net::{TcpListener, TcpStream, UdpSocket},
        os::unix::{fs::symlink, net::UnixStream},
        path::{Path, PathBuf},
        process::{Command, ExitCode},
        thread,
    };

    use bailiwick::confine::{Confinement, Hold, Rules, confine};

    /// Names, in the child, the folder that holds `readable`, `writable`, `outside` and the program.
    const MARKER: &str = "BAILIWICK_TEST_CONFINED_IN";

    pub fn main() -> ExitCode {
        match env::var_os(MARKER) {
            Some(root) => confined(&PathBuf::from(root)),
            None => start(),
        }
    }

    fn start() -> ExitCode {
        let root = tempfile::tempdir().expect("a temporary folder");
        for folder in ["readable", "writable", "outside"] {
            fs::create_dir(root.path().join(folder)).unwrap();
            fs::write(root.path().join(folder).join("file"), folder).unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let status = Command::new(env::current_exe().unwrap())
            .env(MARKER, root.path())
            .env("BAILIWICK_TEST_ADDRESS", address)
            .status()
            .unwrap();
        // A killed child has no code; what it would have written must not be there either.
        let outside: Vec<_> = fs::read_dir(root.path().join("outside")).unwrap().collect();
        assert_eq!(outside.len(), 1, "something was written outside");
        ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1))
    }

    fn confined(root: &Path) -> ExitCode {
        let [readable, writable, outside] = ["readable", "writable", "outside"].map(|name| root.join(name));
        let inherited = fs::File::open(outside.join("file")).unwrap();
        let rules = Rules {
            readable: vec![readable.clone(), root.join("not-there")],
            writable: vec![writable.clone()],
        };
        let able = Able::asked();
        let confinement = confine(&rules);
        println!("{confinement}");
        let mut trial = Trial::default();
        if skipped(&confinement, &able, &mut trial) {
            return trial.exit_code();
        }

        if confinement.files == Hold::Held {
            files_are_held(&mut trial, &readable, &writable, &outside);
        }
        if confinement.network_and_programs == Hold::Held {
            network_and_programs_are_held(&mut trial, &writable);
        }
        building_goes_on(&mut trial, &readable, &writable);
        trial.allowed("keep what was open", io::read_to_string(inherited));
        trial.exit_code()
    }

    /// Says aloud what the kernel does not hold, and whether that leaves nothing to try.
    ///
    /// On a build server that is a fault where the kernel itself says that it could.
    fn skipped(confinement: &Confinement, able: &Able, trial: &mut Trial) -> bool {
        let promises = [
            ("files", &confinement.files, able.files),
            ("network and programs", &confinement.network_and_programs, able.network_and_programs),
        ];
        for (what, hold, able) in promises {
            if *hold != Hold::Held {
                println!("SKIPPED confine, {what}: {hold}");
                if able && cfg!(feature = "sandbox") && env::var_os("CI").is_some_and(|ci| ci == "true") {
                    trial.fault(what, "must be held on a build server");
                }
            }
        }
        promises.iter().all(|(_, hold, _)| **hold != Hold::Held)
    }

    /// What the kernel says of itself, asked without the code under test.
    struct Able {
        files: bool,
        network_and_programs: bool,
    }

    impl Able {
        fn asked() -> Self {
            let says = |path, word| fs::read_to_string(path).is_ok_and(|text| text.contains(word));
            Self {
                files: says("/sys/kernel/security/lsm", "landlock"),
                network_and_programs: says("/proc/self/status", "Seccomp_filters:"),
            }
        }
    }

    fn files_are_held(trial: &mut Trial, readable: &Path, writable: &Path, outside: &Path) {
        trial.refused("read outside", fs::read(outside.join("file")));
        trial.refused("list outside", fs::read_dir(outside));
        trial.refused("read the system's files", fs::read("/etc/passwd"));
        trial.refused("write outside", fs::write(outside.join("new"), "x"));
        trial.refused("empty a file outside", fs::File::create(outside.join("file")));
        trial.refused("remove outside", fs::remove_file(outside.join("file")));
        trial.refused("make a folder outside", fs::create_dir(outside.join("folder")));
        trial.refused("write where only reading is allowed", fs::write(readable.join("new"), "x"));
        trial.refused("remove where only reading is allowed", fs::remove_file(readable.join("file")));
        trial.refused("move outside", fs::rename(writable.join("file"), outside.join("moved")));
        trial.refused("link from outside", fs::hard_link(outside.join("file"), writable.join("linked")));
        trial.refused("make a symbolic link", symlink(outside.join("file"), writable.join("symlink")));
        trial.refused("climb out", fs::read_dir(readable.join("..")));
    }

    fn network_and_programs_are_held(trial: &mut Trial, writable: &Path) {
        let address = env::var("BAILIWICK_TEST_ADDRESS").unwrap();
        trial.refused("connect by TCP", TcpStream::connect(&address));
        trial.refused("listen by TCP", TcpListener::bind("127.0.0.1:0"));
        trial.refused("open a UDP socket", UdpSocket::bind("127.0.0.1:0"));
        trial.refused("reach a service of the system", UnixStream::connect("/run/nothing"));
        trial.refused("run a program", Command::new("/bin/true").status());
        fs::write(writable.join("program"), "#!/bin/sh\n").unwrap();
        trial.refused("run what was written", Command::new(writable.join("program")).status());
        trial.refused("run itself", Command::new("/proc/self/exe").status());
    }

    fn building_goes_on(trial: &mut Trial, readable: &Path, writable: &Path) {
        trial.allowed("read inside", fs::read(readable.join("file")));
        trial.allowed("list inside", fs::read_dir(readable).map(Iterator::count));
        trial.allowed("resolve a path", fs::canonicalize(readable));
        let (stage, site) = (writable.join("stage"), writable.join("site"));
        trial.allowed("make folders", fs::create_dir_all(stage.join("deep/er")));
        trial.allowed("make another", fs::create_dir(&site));
        trial.allowed("write inside", fs::write(stage.join("deep/page"), "page"));
        trial.allowed("link across folders", fs::hard_link(stage.join("deep/page"), site.join("page")));
        trial.allowed("copy", fs::copy(readable.join("file"), site.join("copy")));
        trial.allowed("move across folders", fs::rename(site.join("copy"), stage.join("deep/copy")));
        trial.allowed("exchange two folders", exchanged(&stage, &site));
        trial.allowed("lock", fs::File::create(writable.join("lock")).and_then(|lock| lock.lock()));
        trial.allowed("sync", synced(writable));
        trial.allowed("remove a tree", fs::remove_dir_all(&site));
        trial.allowed("start a thread", thread::Builder::new().spawn(|| 1 + 1).map(thread::JoinHandle::join));
        let sum = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .build()
            .map(|pool| pool.install(|| rayon::join(|| 1, || 2)));
        trial.allowed("start a pool of threads", sum.map_err(io::Error::other));
        let unseen = thread::spawn(|| fs::read("/etc/passwd").is_err()).join().unwrap();
        trial.allowed(
            "hold threads as well",
            if unseen { Ok(()) } else { Err(io::Error::other("a thread is free")) },
        );
    }

    fn exchanged(one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            // Some file systems cannot exchange; that is not the confinement's doing.
            Err(rustix::io::Errno::INVAL) => Ok(()),
            result => Ok(result?),
        }
    }

    fn synced(folder: &Path) -> io::Result<()> {
        let folder = fs::File::open(folder)?;
        rustix::fs::syncfs(&folder)?;
        folder.sync_all()
    }

    #[derive(Default)]
    struct Trial {
        faults: u32,
    }

    impl Trial {
        fn refused<T>(&mut self, what: &str, result: io::Result<T>) {
            match result {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                // So Landlock answers a link or move into folders with other rights.
                Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
                Err(error) => self.fault(what, &format!("failed for another reason: {error}")),
                Ok(_) => self.fault(what, "was possible"),
            }
        }

        fn allowed<T>(&mut self, what: &str, result: io::Result<T>) {
            if let Err(error) = result {
                self.fault(what, &format!("was not possible: {error}"));
            }
        }

        fn fault(&mut self, what: &str, how: &str) {
            println!("FAULT {what}: {how}");
            self.faults += 1;
        }

        fn exit_code(self) -> ExitCode {
            println!("confine: {} faults", self.faults);
            ExitCode::from(u8::from(self.faults > 0))
        }
    }
}
