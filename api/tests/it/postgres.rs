//! A PostgreSQL of our own: a cluster in a temporary folder, which listens on a socket in that
//! folder alone and is gone when the tests end, however they end.

use rustix::process::geteuid;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Starts the cluster, says `ready`, and takes everything away when its standard input ends. The
/// other end of that is ours, and the kernel closes it for us when we die in any way.
const KEEPER: &str = r#"
trap '' HUP INT PIPE TERM
programs=$1 folder=$2 settings=$3 primary=$4
away() { "$programs/pg_ctl" -s -D "$folder/data" -m immediate stop; cd /; rm -rf "$folder"; }
trap away EXIT
if [ -n "$primary" ]; then
  "$programs/pg_basebackup" -h "$primary" -U postgres -D "$folder/data" -R -c fast
else
  "$programs/initdb" -D "$folder/data" -N -A trust -U postgres -E UTF8 --locale=C.UTF-8
fi >"$folder/log" 2>&1 &&
  "$programs/pg_ctl" -s -w -t 60 -D "$folder/data" -l "$folder/log" -o "$settings" start >/dev/null &&
  echo ready || cat "$folder/log"
exec >/dev/null
cat >/dev/null
"#;

/// Whether what was committed outlives the machine's sudden end. Where nobody asks, it is slow for
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Full,
    None,
}

impl Durability {
    fn settings(self) -> &'static str {
        match self {
            Self::Full => "",
            Self::None => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        }
    }
}

/// A running cluster.
pub struct Cluster {
    pub programs: PathBuf,
    pub folder: PathBuf,
    keeper: Child,
}

impl Cluster {
    /// The one that all stories of this program share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Durability::None))
    }

    /// Starts one and waits until it answers.
    pub fn start(durability: Durability) -> Self {
        Self::begin(durability, None)
    }

    /// Starts a standby, which follows this one and answers to who only reads.
    pub fn standby(&self) -> Self {
        Self::begin(Durability::None, Some(&self.folder))
    }

    fn begin(durability: Durability, primary: Option<&Path>) -> Self {
        let programs = programs().expect("PostgreSQL's programs are installed");
        let folder = TempDir::with_prefix("postgres-").unwrap().keep();
        let settings = format!(
            "-k '{}' -c listen_addresses= -c max_connections=400 {}",
            folder.display(),
            durability.settings()
        );
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", KEEPER, "keeper"])
            .args([&programs, &folder])
            .arg(settings)
            .arg(primary.unwrap_or(Path::new("")))
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .current_dir(&folder)
            // A Ctrl-C is for us: the keeper must live to tidy up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        // PostgreSQL refuses to be run by root.
        if geteuid().is_root() {
            let (user, group) = unprivileged();
            chown(&folder, Some(user), Some(group)).unwrap();
            command.uid(user).gid(group);
        }
        let mut keeper = command.spawn().unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(keeper.stdout.take().unwrap());
        while lines.read_line(&mut said).unwrap() > 0 && !said.starts_with("ready\n") {}
        assert_eq!(said, "ready\n", "PostgreSQL does not start");
        Self {
            programs,
            folder,
            keeper,
        }
    }

    /// A new, empty database.
    pub fn database(&'static self) -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("story_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.runs("createdb", &[&name]);
        Scratch {
            cluster: self,
            name,
        }
    }

    /// The address of one of its databases.
    pub fn url(&self, name: &str) -> String {
        let folder = self.folder.display();
        format!("postgres://postgres@localhost/{name}?host={folder}")
    }

    #[track_caller]
    pub fn runs(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(self.programs.join(program))
            .args(["-U", "postgres", "-h"])
            .arg(&self.folder)
            .args(arguments)
            .env_clear()
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // It ended before us where the cluster could not be started.
        let _ = self.keeper.wait();
    }
}

/// A database that is dropped with the story.
pub struct Scratch {
    cluster: &'static Cluster,
    name: String,
}

impl Scratch {
    pub fn url(&self) -> String {
        self.cluster.url(&self.name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A story that failed may have left a server that drops nothing; its cluster goes anyway.
        if std::thread::panicking() {
            return;
        }
        let drop = ["--force", "--if-exists", &self.name];
        self.cluster.runs("dropdb", &drop);
    }
}

/// Where PostgreSQL's programs are: the folder that `TEST_POSTGRES` names, or where Debian puts
/// them.
pub fn programs() -> Option<PathBuf> {
    let debian = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let folders = versions.flatten().map(|version| version.path().join("bin"));
        folders.filter(|bin| bin.join("initdb").exists()).max()
    };
    chosen().or_else(debian)
}

/// Whether the stories are to be told on PostgreSQL: then this is where its programs are.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment what to run on"
)]
pub fn chosen() -> Option<PathBuf> {
    std::env::var_os("TEST_POSTGRES").map(PathBuf::from)
}

/// The user and group of somebody who is not root.
pub fn unprivileged() -> (u32, u32) {
    let people = std::fs::read_to_string(Path::new("/etc/passwd")).unwrap();
    let find = |name: &str| {
        let line = people.lines().find(|line| line.starts_with(name))?;
        let mut ids = line.split(':').skip(2).map(str::parse);
        Some((ids.next()?.ok()?, ids.next()?.ok()?))
    };
    find("postgres:")
        .or_else(|| find("nobody:"))
        .expect("there is somebody who is not root")
}

mod on_postgres {
    use super::{Cluster, Durability};

    #[test]
    fn a_cluster_is_gone_with_whoever_started_it() {
        let cluster = Cluster::start(Durability::Full);
        let folder = cluster.folder.clone();
        cluster.runs("psql", &["-c", "create table kept (id int)"]);
        assert!(folder.join("data/postmaster.pid").exists());
        drop(cluster);
        assert!(!folder.exists());
    }
}
