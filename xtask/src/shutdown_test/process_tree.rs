//! A process and all that descend from it, as Linux's /proc shows them; elsewhere `dev` is alone and
//! only its ports tell.

use std::collections::BTreeSet;
use std::fs;

/// One process of the family.
#[derive(Debug)]
pub struct ProcessInfo {
    pub pid: i32,
    parent: i32,
    /// Its command line.
    pub line: String,
}

impl ProcessInfo {
    pub fn is_dev(&self) -> bool {
        self.line.contains(" dev ") && !self.is_guard()
    }

    pub fn is_api(&self) -> bool {
        self.line.ends_with("/api serve ") && !self.is_guard()
    }

    pub fn is_trunk(&self) -> bool {
        self.line.contains("/trunk ") && self.line.contains(" serve ") && !self.is_guard()
    }

    fn is_guard(&self) -> bool {
        self.line.starts_with("xtask guard ")
    }

    /// Whether the same program still runs under that number.
    pub fn still_runs(&self) -> bool {
        read(self.pid).is_some_and(|now| now.line == self.line)
    }
}

/// The process `root` and its descendants.
pub fn of(root: u32) -> anyhow::Result<Vec<ProcessInfo>> {
    let root = i32::try_from(root)?;
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let all: Vec<ProcessInfo> = pids.filter_map(read).collect();
    let mut family = BTreeSet::from([root]);
    loop {
        let before = family.len();
        let children = all.iter().filter(|one| family.contains(&one.parent));
        family.extend(children.map(|one| one.pid).collect::<Vec<_>>());
        if family.len() == before {
            break;
        }
    }
    Ok(all
        .into_iter()
        .filter(|one| family.contains(&one.pid))
        .collect())
}

/// None for what is dead, also if nobody has taken note of its death yet.
fn read(pid: i32) -> Option<ProcessInfo> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // State and parent follow the name, which is in brackets and may hold any character (proc(5)).
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
    let line = line.replace('\0', " ");
    (state != "Z").then_some(ProcessInfo { pid, parent, line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_child_and_its_child_are_found_until_they_end() {
        let mut shell = Command::new("sh")
            .args(["-c", "sleep 600 & wait"])
            .spawn()
            .expect("BUG: there is a shell");
        let everyone = loop {
            let everyone = of(shell.id()).expect("BUG: it is a pid");
            if everyone.iter().any(|one| one.line == "sleep 600 ") {
                break everyone;
            }
        };
        assert_eq!(everyone.len(), 2);
        let sleeping = everyone.iter().find(|one| one.line == "sleep 600 ");
        let sleeping = sleeping.expect("BUG: it was just seen");
        assert!(sleeping.still_runs());
        let pid = rustix::process::Pid::from_raw(sleeping.pid).expect("BUG: it is not 0");
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("it runs");
        shell.wait().expect("it ends");
        assert!(everyone.iter().all(|one| !one.still_runs()));
    }
}
