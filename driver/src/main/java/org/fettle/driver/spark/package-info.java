/** Trials as Spark jobs, and the session they run in. */
@NullMarked
package org.fettle.driver.spark;

import org.jspecify.annotations.NullMarked;
