import CoreMetrics
import Glibc

/// What the system says of this process, under the names Prometheus' own clients use.
package struct ProcessFigures: Sendable {
    /// Resident, in bytes.
    package let memory_bytes: Int64
    package let cpu_seconds: Double
    /// Unix time.
    package let start_seconds: Double
    package let openFiles: Int
    package let openFilesLimit: Int64

    /// Nil where there is no /proc.
    package init?() {
        guard let statm = Self.read("/proc/self/statm"), let stat = Self.read("/proc/self/stat"),
            let pages = statm.split(separator: " ").dropFirst().first.flatMap({ Int64($0) })
        else { return nil }
        // The second field may hold blanks and parentheses: what follows the last `)` is counted.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let user = Double(fields[11]), let system = Double(fields[12]),
            let start = Double(fields[19])
        else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        memory_bytes = pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
        cpu_seconds = (user + system) / ticks
        start_seconds = Self.boot_seconds + start / ticks
        openFiles = Self.entries(of: "/proc/self/fd")
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        openFilesLimit = Int64(clamping: limit.rlim_cur)
    }

    /// When the machine started. Not from /proc/stat: a hardened unit sees its own processes there alone.
    /// Reckoned once, so that the start of the process does not drift with the clock.
    private static let boot_seconds: Double = {
        var (now, since) = (timespec(), timespec())
        clock_gettime(CLOCK_REALTIME, &now)
        clock_gettime(CLOCK_BOOTTIME, &since)
        return Double(now.tv_sec - since.tv_sec) + Double(now.tv_nsec - since.tv_nsec) / 1e9
    }()

    package func show(in registry: MetricRegistry) {
        let levels: [(Metric, Double)] = [
            (.memory, Double(memory_bytes)), (.startTime, start_seconds),
            (.openFiles, Double(openFiles)), (.openFilesLimit, Double(openFilesLimit)),
        ]
        for (metric, value) in levels {
            registry.makeMeter(label: metric.rawValue, dimensions: []).set(value)
        }
        registry.raise(.cpuSeconds, to: cpu_seconds)
    }

    private static func read(_ file: String) -> String? {
        guard let stream = fopen(file, "r") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = fread(&buffer, 1, buffer.count, stream)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entries(of folder: String) -> Int {
        guard let stream = opendir(folder) else { return 0 }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        // Without `.`, `..` and the folder itself while it is read.
        return max(0, count - 3)
    }
}
