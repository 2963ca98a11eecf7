import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;

/** Says of its own JVM what Prometheus' Java client asks the beans for, and then waits to be ended. */
public class Beans {
  public static void main(String[] none) throws Exception {
    byte[][] kept = new byte[20][];
    for (int i = 0; i < 2_000; i++) kept[i % 20] = new byte[100_000];
    System.gc();
    // Once for the classes that saying it loads, and once that counts.
    said();
    // Again for each line that is read, since a collector such as ZGC collects by itself at any time.
    do System.out.println(said() + "said");
    while (System.in.read() == '\n');
  }

  private static String said() {
    StringBuilder all = new StringBuilder();
    line(all, "jvm_memory_bytes_used", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    line(all, "jvm_memory_bytes_max", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      line(all, "jvm_gc_collection_seconds_count " + gc.getName(), gc.getCollectionCount());
      line(all, "jvm_gc_collection_seconds_sum " + gc.getName(), gc.getCollectionTime());
    }
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
      line(all, "jvm_memory_pool_bytes_used " + pool.getName(), pool.getUsage().getUsed());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    line(all, "jvm_threads_current", threads.getThreadCount());
    line(all, "jvm_threads_daemon", threads.getDaemonThreadCount());
    line(all, "jvm_threads_peak", threads.getPeakThreadCount());
    line(all, "jvm_threads_started_total", threads.getTotalStartedThreadCount());
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    line(all, "jvm_classes_loaded", classes.getLoadedClassCount());
    return all.toString();
  }

  private static void line(StringBuilder all, String name, long value) {
    all.append(name).append('\t').append(value).append('\n');
  }
}
