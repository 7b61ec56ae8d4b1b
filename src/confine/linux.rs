//! Confinement by Landlock (files, TCP) and seccomp (system calls).
//!
//! Refused calls fail with an error that the program can report; nothing is ever killed for asking.

use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, LandlockStatus, PathBeneath, PathFd,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, Scope, make_bitflags,
};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

use super::{Confinement, Hold, Rules};

pub(super) fn confine(rules: &Rules) -> Confinement {
    let alone = has_one_thread();
    let landlock = landlock(rules);
    let seccomp = seccomp();
    Confinement {
        files: files(&landlock, alone),
        network_and_programs: network_and_programs(&landlock, seccomp),
    }
}

/// Landlock binds the calling thread only, so the number of threads decides what may be claimed.
fn has_one_thread() -> bool {
    std::fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
}

fn files(landlock: &Result<ABI, String>, alone: bool) -> Hold {
    match landlock {
        Err(reason) => Hold::Unavailable(reason.clone()),
        Ok(_) if !alone => Hold::Partly("threads that ran before, if any, are not bound".into()),
        Ok(abi) if *abi < ABI::V3 => Hold::Partly("before Linux 6.2, files elsewhere can be emptied".into()),
        Ok(_) => Hold::Held,
    }
}

fn network_and_programs(landlock: &Result<ABI, String>, seccomp: Result<(), String>) -> Hold {
    match (seccomp, landlock) {
        (Ok(()), _) => Hold::Held,
        (Err(reason), Ok(abi)) if *abi >= ABI::V4 => {
            Hold::Partly(format!("only programs and TCP are barred: {reason}"))
        }
        (Err(reason), Ok(_)) => Hold::Partly(format!("only programs are barred: {reason}")),
        (Err(reason), Err(_)) => Hold::Unavailable(reason),
    }
}

/// Returns the version of Landlock that holds the rules.
fn landlock(rules: &Rules) -> Result<ABI, String> {
    let status = restricted(rules).map_err(|error| match error {
        // Without the right to move files between folders nothing could be published.
        RulesetError::HandleAccesses(_) => "needs Landlock as of Linux 5.19, and enabled at boot".to_owned(),
        error => format!("Landlock: {error}"),
    })?;
    match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => Ok(effective_abi),
        LandlockStatus::NotEnabled => Err("Landlock is not enabled in this kernel".into()),
        LandlockStatus::NotImplemented => Err("this kernel has no Landlock".into()),
    }
}

fn restricted(rules: &Rules) -> Result<RestrictionStatus, RulesetError> {
    let read = make_bitflags!(AccessFs::{ReadFile | ReadDir});
    let write = read
        | make_bitflags!(AccessFs::{
            WriteFile | Truncate | MakeReg | MakeDir | RemoveFile | RemoveDir | Refer
        });

    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::Refer)?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V4))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?;
    for (paths, access) in [(&rules.readable, read), (&rules.writable, write)] {
        for rule in beneath(paths, access) {
            ruleset = ruleset.add_rule(rule)?;
        }
    }
    ruleset.restrict_self()
}

/// A rule for each path that can be opened. One that cannot is closed by having none.
fn beneath(paths: &[PathBuf], access: BitFlags<AccessFs>) -> impl Iterator<Item = PathBeneath<PathFd>> {
    paths.iter().filter_map(move |path| {
        let folder_or_file = PathFd::new(path).ok()?;
        let access = if path.is_dir() { access } else { access & AccessFs::from_file(ABI::V5) };
        Some(PathBeneath::new(folder_or_file, access))
    })
}

/// Makes every call in `REFUSED` fail with "operation not permitted", in all threads.
fn seccomp() -> Result<(), String> {
    let second_numbers = REFUSED.iter().copied().chain(X32_OWN).map(|call| call | X32);
    let refused = REFUSED.iter().copied().chain(second_numbers).map(|call| (call, Vec::new())).collect();
    let eperm = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let architecture =
        std::env::consts::ARCH.try_into().expect("this file is built for known architectures only");
    SeccompFilter::new(refused, SeccompAction::Allow, eperm, architecture)
        .and_then(BpfProgram::try_from)
        .map_err(seccompiler::Error::from)
        .and_then(|filter| seccompiler::apply_filter_all_threads(&filter))
        .map_err(|error| format!("seccomp: {error}"))
}

/// Calls that start a program, reach a network or another process, or make either possible.
///
/// `io_uring` is among them because it opens sockets without the calls that are named here.
const REFUSED: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_kexec_load,
];

/// Set in the numbers of the x32 interface, to which some x86-64 kernels answer as well; its calls pass the
/// check of the architecture.
const X32: i64 = 0x4000_0000;

/// The calls among `REFUSED` that x32 gives numbers of its own, from the kernel's `syscall_64.tbl`: execve,
/// ptrace, kexec_load, process_vm_readv, process_vm_writev, execveat.
const X32_OWN: [i64; 6] = [520, 521, 528, 539, 540, 545];
