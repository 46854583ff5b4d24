// How the C library hands out memory in a process that runs one script.

import CRuntimeShims

public enum AllocatorTuning {
  /// Call before the script's thread starts. By default glibc gives a second thread an arena of its own, which grows by changing the
  /// protection of pages a little at a time (8 % of a run that builds strings), and gives memory back that is wanted again at once.
  public static func prepare() { runtime_prepare_allocator() }

  /// Call on the script's thread before it makes anything: from now on its small objects come from a pool of its own.
  public static func prepareScriptThread() { runtime_own_cell_pool() }
}
