/** Runs that are trained by several tasks, with dl4j-spark. */
@NullMarked
package org.fettle.driver.cluster;

import org.jspecify.annotations.NullMarked;
