/** Networks as data: their layers, and the templates that make them from settings. */
@NullMarked
package org.fettle.optimizers.network;

import org.jspecify.annotations.NullMarked;
