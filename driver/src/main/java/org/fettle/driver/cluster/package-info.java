/** Runs that are trained by several tasks: with dl4j-spark, or as gangs of barrier tasks. */
@NullMarked
package org.fettle.driver.cluster;

import org.jspecify.annotations.NullMarked;
