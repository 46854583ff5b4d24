// A few threads that wait for parallel loops. Started by the first loop that wants them.

import Glibc

/// Runs the iterations of a loop on several threads; the caller is one of them and returns when all are done.
final class ThreadPool: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private let done: UnsafeMutablePointer<pthread_cond_t>
  private let workerCount: Int
  private var threads: [pthread_t] = []
  private var hasStarted = false

  // Guarded by the mutex.
  private var body: ((_ worker: Int, _ iteration: Int) -> Void)?
  private var next = 0
  private var end = 0
  private var running = 0
  private var generation = 0
  private var isStopping = false

  /// `threadCount` includes the calling thread.
  init(threadCount: Int) {
    workerCount = max(0, threadCount - 1)
    mutex = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    done = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  /// Ends the threads. The pool is not deallocated while they run: they hold it.
  func stop() {
    pthread_mutex_lock(mutex)
    isStopping = true
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
    for thread in threads { pthread_join(thread, nil) }
    threads.removeAll()
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(wake)
    pthread_cond_destroy(done)
    mutex.deallocate()
    wake.deallocate()
    done.deallocate()
  }

  /// Calls `body` for each iteration 0..<count, on the caller as worker 0 and the pool's threads as workers from 1.
  func run(count: Int, _ body: @escaping (_ worker: Int, _ iteration: Int) -> Void) {
    startIfNeeded()
    pthread_mutex_lock(mutex)
    self.body = body
    next = 0
    end = count
    generation &+= 1
    pthread_cond_broadcast(wake)
    work(as: 0, body)
    while running > 0 { pthread_cond_wait(done, mutex) }
    self.body = nil
    pthread_mutex_unlock(mutex)
  }

  /// Takes iterations until none is left. The mutex is held on entry and on return.
  private func work(as worker: Int, _ body: (Int, Int) -> Void) {
    while next < end {
      let iteration = next
      next &+= 1
      pthread_mutex_unlock(mutex)
      body(worker, iteration)
      pthread_mutex_lock(mutex)
    }
  }

  private func startIfNeeded() {
    guard !hasStarted else { return }
    hasStarted = true
    for worker in 1..<(workerCount + 1) {
      let start = Unmanaged.passRetained(ThreadStart(pool: self, worker: worker))
      var thread = pthread_t()
      let result = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
          start.pool.serve(as: start.worker)
          return nil
        }, start.toOpaque())
      if result == 0 { threads.append(thread) } else { start.release() }
    }
  }

  private func serve(as worker: Int) {
    var seen = 0
    pthread_mutex_lock(mutex)
    while true {
      while generation == seen, !isStopping { pthread_cond_wait(wake, mutex) }
      if isStopping { break }
      seen = generation
      guard let body else { continue }
      running &+= 1
      work(as: worker, body)
      running &-= 1
      if running == 0 { pthread_cond_signal(done) }
    }
    pthread_mutex_unlock(mutex)
  }
}

private final class ThreadStart {
  let pool: ThreadPool
  let worker: Int

  init(pool: ThreadPool, worker: Int) {
    self.pool = pool
    self.worker = worker
  }
}
