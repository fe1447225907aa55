import Foundation
import Glibc
import Ledger

/// What the system says: time, disk, files.
struct MachineLook {
    let now: Moment

    private static let skewLimit_ms: Int64 = 2_000
    private static let diskFault_bytes: UInt64 = 256 << 20
    private static let diskWarning_bytes: UInt64 = 2 << 30
    private static let logLimit_bytes: UInt64 = 512 << 20
    private static let certificateWarning_days: Int64 = 21
    private static let backupLimit_hours: Int64 = 26

    /// The office counts by its jurisdiction's zone whatever the system says; people who read logs and
    /// file times do not.
    func timeZone() -> Diagnosis {
        let offset = TimeZone.current.secondsFromGMT() / 60
        guard offset != Zone.china.offsetMinutes, offset != 0 else {
            return .sound("time zone", "\(TimeZone.current.identifier)")
        }
        return .warning(
            "time zone", "this machine is in \(TimeZone.current.identifier), neither China nor UTC",
            "timedatectl set-timezone Asia/Shanghai, so that logs and file times can be compared")
    }

    func disk(_ folder: String) -> Diagnosis {
        var state = statvfs()
        guard statvfs(folder, &state) == 0 else {
            return .fault("disk", "\(folder) cannot be looked at", "see that the folder is there")
        }
        let free = UInt64(state.f_bavail) * UInt64(state.f_frsize)
        let all = max(1, UInt64(state.f_blocks) * UInt64(state.f_frsize))
        let says = "\(free >> 20) MB of \(all >> 20) MB are free in \(folder)"
        let remedy =
            "make room, or move the database to a larger disk; a full disk refuses work and loses none"
        if free < Self.diskFault_bytes { return .fault("disk", says, remedy) }
        if free < Self.diskWarning_bytes || free < all / 20 {
            return .warning("disk", says, remedy)
        }
        return .sound("disk", says)
    }

    func log(of file: String) -> Diagnosis {
        let size = Self.size(of: file + "-wal") ?? 0
        guard size > Self.logLimit_bytes else {
            return .sound("write-ahead log", "\(size >> 20) MB")
        }
        return .warning(
            "write-ahead log", "it has grown to \(size >> 20) MB",
            "a reader holds it open: end long copies and stopped consoles; a restart of the service "
                + "cuts it back")
    }

    func certificate(ending end: Moment?) -> Diagnosis {
        guard let end else { return .unseen("certificate", "none was named") }
        let days = now.distanceMs(to: end) / 86_400_000
        if now.distanceMs(to: end) <= 0 {
            return .fault(
                "certificate", "it has ended",
                "put the new one in its place and restart the service")
        }
        guard days < Self.certificateWarning_days else {
            return .sound("certificate", "it holds for \(days) days")
        }
        return .warning(
            "certificate", "it ends in \(days) days",
            "put the new one in its place and restart the service")
    }

    func backups(in folder: String?) -> Diagnosis {
        guard let folder else {
            return .unseen("back-up", "no folder was named (--backups, AMENDS_BACKUPS)")
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // What is being written is no back-up yet.
        let newest = names.filter { !$0.hasSuffix(".part") && !$0.hasPrefix(".") }
            .compactMap { Self.changed(folder + "/" + $0) }.max()
        let remedy = "run amends backup \(folder)/office-DATE.db, every night by a timer"
        guard let newest else { return .fault("back-up", "there is none in \(folder)", remedy) }
        let hours = newest.distanceMs(to: now) / 3_600_000
        guard hours <= Self.backupLimit_hours else {
            return .fault("back-up", "the newest is \(hours) hours old", remedy)
        }
        return .sound("back-up", "the newest is \(hours) hours old")
    }

    /// - Parameter text: As `databaseClock` gives it.
    func skew(of text: String) -> Diagnosis {
        guard let there = Self.moment(text) else {
            return .unseen("clock skew", "the database's clock cannot be read: \(text)")
        }
        let skew_ms = there.distanceMs(to: now)
        // SQLite tells whole seconds.
        guard skew_ms.magnitude > Self.skewLimit_ms.magnitude else {
            return .sound("clock skew", "less than \(Self.skewLimit_ms / 1_000) s")
        }
        return .fault(
            "clock skew", "this machine is \(skew_ms / 1_000) s ahead of the database",
            "let both keep time by NTP (timedatectl set-ntp true): leases and limits are counted by it"
        )
    }

    /// `2026-11-29 20:18:25.123+08`, `2026-11-29 12:18:25` of UTC.
    static func moment(_ text: String) -> Moment? {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        var time = String(parts[1])
        var offset = "+00:00"
        if let at = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            offset = String(time[at...])
            if offset.count == 3 { offset += ":00" }
            time = String(time[..<at])
        }
        let whole = time.split(separator: ".")
        guard let seconds = whole.first,
            let moment = Moment("\(parts[0])T\(seconds)\(offset)")
        else { return nil }
        let fraction = whole.count > 1 ? String((whole[1] + "000").prefix(3)) : "0"
        return moment.advanced(byMs: Int64(fraction) ?? 0)
    }

    private static func size(of file: String) -> UInt64? {
        var state = stat()
        guard stat(file, &state) == 0 else { return nil }
        return UInt64(max(0, state.st_size))
    }

    private static func changed(_ file: String) -> Moment? {
        var state = stat()
        guard stat(file, &state) == 0 else { return nil }
        return Moment(ms: Int64(state.st_mtim.tv_sec) * 1_000)
    }
}
