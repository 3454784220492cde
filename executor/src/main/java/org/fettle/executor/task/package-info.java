/** What crosses between driver and executors, and how it is written. */
@NullMarked
package org.fettle.executor.task;

import org.jspecify.annotations.NullMarked;
