/** The engine on Deeplearning4j, and the files of its models. */
@NullMarked
package org.fettle.optimizers.dl4j;

import org.jspecify.annotations.NullMarked;
