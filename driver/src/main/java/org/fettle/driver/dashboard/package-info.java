/**
 * A study in Spark's own pages: while it runs, and in the history server from the event log. What
 * Spark calls {@code private[spark]} is used here and nowhere else.
 */
@NullMarked
package org.fettle.driver.dashboard;

import org.jspecify.annotations.NullMarked;
