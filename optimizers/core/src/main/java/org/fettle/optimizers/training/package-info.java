/** How a network is trained, as data, and the arithmetic of a step, the same for every engine. */
@NullMarked
package org.fettle.optimizers.training;

import org.jspecify.annotations.NullMarked;
