package org.fettle.driver.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which executors and hosts lose run after run. A run that ends well clears its executor and
 * host of all that was held against them. Safe for several threads.
 */
final class ExecutorHealth {

  /** So many failures in a row, of different trials. */
  static final int IN_A_ROW = 3;

  /** What is done about the unhealthy. */
  interface Remedy {
    /** Another executor is to be had in the place of one on which trials run out of memory. */
    void replace(String executor, String host, int trials);

    /** A host on which executors die is to be used no more. */
    void exclude(String host, List<String> executors);
  }

  private final Remedy remedy;
  private final Map<String, String> hosts = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> starved = new HashMap<>();
  private final Map<String, Set<String>> died = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  ExecutorHealth(Remedy remedy) {
    this.remedy = remedy;
  }

  synchronized void added(String executor, String host) {
    hosts.put(executor, host);
  }

  synchronized void removed(String executor) {
    hosts.remove(executor);
    starved.remove(executor);
  }

  /** A run ended well. */
  synchronized void wasWell(String executor, String host) {
    starved.remove(executor);
    died.remove(host);
  }

  /** A run found no memory, and the executor lives. */
  synchronized void wasOutOfMemory(String executor, String host, int trial) {
    Set<Integer> trials = starved.computeIfAbsent(executor, key -> new HashSet<>());
    trials.add(trial);
    if (trials.size() >= IN_A_ROW && given.add(executor)) {
      remedy.replace(executor, host, trials.size());
    }
  }

  /** An executor died under a run. Never are all hosts excluded. */
  synchronized void wasLost(String executor, String host) {
    Set<String> executors = died.computeIfAbsent(host, key -> new LinkedHashSet<>());
    executors.add(executor);
    boolean others = hosts.values().stream().anyMatch(each -> !died.containsKey(each));
    if (executors.size() >= IN_A_ROW && others && given.add(host)) {
      remedy.exclude(host, List.copyOf(executors));
    }
  }
}
