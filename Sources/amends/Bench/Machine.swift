import Foundation
import Glibc

/// What a stretch of time cost this process, and what the rest of the machine took meanwhile.
struct Cost {
    /// Wall time, in seconds.
    let seconds: Double
    /// CPU of this process, in seconds.
    let cpuSeconds: Double
    /// The share of all cores that others were busy on, 0…1.
    let othersShare: Double

    /// A figure is worth keeping when others took less than a tenth of the machine.
    var isClean: Bool { othersShare < 0.1 }

    static func measure<T>(_ body: () async throws -> T) async rethrows -> (T, Cost) {
        let before = Reading()
        let value = try await body()
        return (value, Cost(from: before, to: Reading()))
    }

    static func measureNow<T>(_ body: () throws -> T) rethrows -> (T, Cost) {
        let before = Reading()
        let value = try body()
        return (value, Cost(from: before, to: Reading()))
    }

    /// As a table shows it.
    var othersText: String {
        String(format: "%.0f %%", othersShare * 100) + (isClean ? "" : ", not clean")
    }

    private init(from before: Reading, to after: Reading) {
        seconds = after.wall - before.wall
        cpuSeconds = after.ownCPU - before.ownCPU
        let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
        let others = (after.machineBusy - before.machineBusy) - cpuSeconds
        othersShare = seconds > 0 ? max(0, others / (seconds * cores)) : 0
    }

    private struct Reading {
        let wall: Double
        let ownCPU: Double
        /// Busy time of all cores since boot, in seconds.
        let machineBusy: Double

        init() {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            wall = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            func seconds(_ time: timeval) -> Double {
                Double(time.tv_sec) + Double(time.tv_usec) / 1e6
            }
            ownCPU = seconds(usage.ru_utime) + seconds(usage.ru_stime)
            machineBusy = Self.busySeconds()
        }

        /// From the first line of /proc/stat: user nice system idle iowait irq softirq steal.
        private static func busySeconds() -> Double {
            guard let stat = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
                let line = stat.split(separator: "\n").first
            else { return 0 }  // Not Linux: the share reads zero, and says nothing.
            let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
            guard ticks.count >= 8 else { return 0 }
            let busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]
            return busy / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
    }
}
