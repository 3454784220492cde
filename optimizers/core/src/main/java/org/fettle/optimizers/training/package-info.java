/** How a network is trained, as data: updater, loss, regularisation, batches and epochs. */
@NullMarked
package org.fettle.optimizers.training;

import org.jspecify.annotations.NullMarked;
