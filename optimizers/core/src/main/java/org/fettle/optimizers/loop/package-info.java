/**
 * How runs are trained, the same for every engine; an engine brings a {@link
 * org.fettle.optimizers.loop.Learner} or a {@link org.fettle.optimizers.loop.GradientNetwork}.
 */
@NullMarked
package org.fettle.optimizers.loop;

import org.jspecify.annotations.NullMarked;
