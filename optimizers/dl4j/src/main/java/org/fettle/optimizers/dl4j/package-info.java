/** The engine that trains with Deeplearning4j on the CPU. */
@NullMarked
package org.fettle.optimizers.dl4j;

import org.jspecify.annotations.NullMarked;
