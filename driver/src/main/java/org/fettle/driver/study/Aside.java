package org.fettle.driver.study;

import java.time.Duration;

/** What is done aside from the loop's thread: by threads, or in a simulator's virtual time. */
interface Aside extends AutoCloseable {

  /** Does some work soon, after all that was given here before. */
  void compute(Runnable work);

  /** Does something short after a while. */
  void after(Duration delay, Runnable action);

  /** Ends what is being done, and does no more. */
  @Override
  void close();
}
