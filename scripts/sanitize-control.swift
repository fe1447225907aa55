// Faults on purpose, of the two kinds that scripts/sanitize looks for: where these are not found, that nothing else was
// found says nothing.
import Glibc

#if THREAD
    nonisolated(unsafe) var count = 0
    let threads = (0..<2).map { _ in
        var thread = pthread_t()
        pthread_create(&thread, nil, { _ in count += 1; return nil }, nil)
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
    print(count)
#else
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    bytes.initialize(repeating: 1, count: 8)
    bytes.deallocate()
    print(bytes[CommandLine.argc > 9 ? 0 : 7])
#endif
