/** The engine that trains on the CPU and leaves models of Deeplearning4j. */
@NullMarked
package org.fettle.optimizers.dl4j;

import org.jspecify.annotations.NullMarked;
