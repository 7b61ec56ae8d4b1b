//! A place to publish in, in this process or through the example program `publish`.

use std::convert::Infallible;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use bailiwick::write::{Body, Failure, Published, Target, publish};
use tempfile::TempDir;

use crate::tree::{Tree, assert_same, tree};

/// A project with content that must come to no harm, and an output `site/manager` in it.
pub struct Project {
    dir: TempDir,
    pub root: PathBuf,
    pub out: PathBuf,
    sentinels: Tree,
}

impl Project {
    /// Makes one in memory, where that can be: there a thousand publishes do not wait for a thousand flushes.
    pub fn new() -> Self {
        Self::in_dir(TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap())
    }

    pub fn on_disk() -> Self {
        Self::in_dir(TempDir::new().unwrap())
    }

    fn in_dir(dir: TempDir) -> Self {
        let root = dir.path().canonicalize().unwrap();
        for (path, text) in SENTINELS {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let mut project = Self { dir, out: root.join("site/manager"), root, sentinels: Tree::new() };
        project.sentinels = project.everything_but_site();
        project
    }

    /// Publishes `files` for the manager.
    pub fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Failure<Infallible>> {
        self.publish_for("manager", &self.out, files)
    }

    pub fn publish_for(
        &self,
        reader: &str,
        out: &Path,
        files: &[(&str, &str)],
    ) -> Result<Published, Failure<Infallible>> {
        self.publish_with(reader, out, files, |_| ())
    }

    /// Publishes `files`, calling `meanwhile` before each is made.
    pub fn publish_with(
        &self,
        reader: &str,
        out: &Path,
        files: &[(&str, &str)],
        meanwhile: impl Fn(usize) + Sync,
    ) -> Result<Published, Failure<Infallible>> {
        let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let closed = ["content", "themes/plain", ".git", "missing"].map(|folder| self.root.join(folder));
        let target = Target { out, reader, roots: std::slice::from_ref(&self.root), closed: &closed };
        publish(&target, &paths, |at| {
            meanwhile(at);
            Ok(Body::Bytes(files[at].1.into()))
        })
    }

    pub fn site(&self) -> Tree {
        tree(&self.out)
    }

    /// Where the program keeps what it knows about the output.
    pub fn state(&self) -> PathBuf {
        self.root.join("site/.bailiwick/manager")
    }

    /// Fails if anything outside of `site` was changed, or if the state folder holds more than it should.
    #[track_caller]
    pub fn assert_tidy(&self, what: &str) {
        let names: Vec<String> =
            tree(&self.state()).into_keys().map(|path| path.display().to_string()).collect();
        assert_eq!(names, ["", "lock", "manifest"], "{what}: litter");
        let beside: Vec<String> = fs::read_dir(self.root.join("site"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != ".bailiwick" && name != "manager")
            .collect();
        assert!(beside.is_empty(), "{what}: litter beside the site: {beside:?}");
        self.assert_unharmed(what);
    }

    /// Fails if anything outside of `site` was changed.
    #[track_caller]
    pub fn assert_unharmed(&self, what: &str) {
        assert_same(&self.everything_but_site(), &self.sentinels, what);
    }

    fn everything_but_site(&self) -> Tree {
        let mut tree = tree(self.dir.path());
        tree.retain(|path, _| !path.starts_with("site"));
        tree
    }

    /// The example program, to publish into this project.
    pub fn aid(&self, options: &[&str]) -> Command {
        self.aid_by(&[], options)
    }

    /// The example program, started by another one.
    pub fn aid_by(&self, starter: &[&str], options: &[&str]) -> Command {
        let mut words: Vec<&OsStr> = starter.iter().map(OsStr::new).collect();
        words.push(program().as_os_str());
        words.push(self.out.as_os_str());
        words.extend(options.iter().map(OsStr::new));
        let mut command = Command::new(words[0]);
        // Cargo's search path would only add a hundred calls to every trace.
        command.env_remove("LD_LIBRARY_PATH");
        command.args(&words[1..]).env("RAYON_NUM_THREADS", "1").current_dir(&self.root).stdin(Stdio::null());
        command
    }
}

const SENTINELS: [(&str, &str); 5] = [
    ("content/portfolio.yaml", "title: Mine\n"),
    ("content/pilots/one.md", "# One\n"),
    ("themes/plain/page.html", "<p>"),
    (".git/HEAD", "ref: refs/heads/main\n"),
    ("elsewhere/secret.txt", "sentinel 5fd1a0"),
];

/// Returns the example program, which is built if it is not up to date.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--example", "publish"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "the example `publish` does not build");
        // This test lies in `deps`, beside `examples`.
        let deps = std::env::current_exe().unwrap().parent().unwrap().to_owned();
        deps.with_file_name("examples").join("publish")
    })
}

/// Runs to the end, and returns exit code, stdout and stderr. A process that was killed has the code -1.
pub fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// Tells whether `command` works here. If not, the test is skipped, loudly.
pub fn can(what: &str, command: &[&str]) -> bool {
    let tried = Command::new(command[0]).args(&command[1..]).stdin(Stdio::null()).output();
    if tried.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "needs {what}: `{}` does not work here",
        command.join(" ")
    );
    // Not `eprintln!`, which the test harness keeps to itself while a test passes.
    let thread = std::thread::current();
    let told = format!("SKIPPED {}: needs {what}\n", thread.name().unwrap_or("a test"));
    std::io::stderr().write_all(told.as_bytes()).unwrap();
    false
}

/// Returns the site that `options` make, published where nothing goes wrong.
pub fn reference(options: &[&str]) -> Tree {
    let project = Project::new();
    let (code, _, stderr) = run(&mut project.aid(options));
    assert_eq!(code, 0, "{stderr}");
    project.assert_tidy("a first publish");
    project.site()
}
