/** What predictions are judged by. */
@NullMarked
package org.fettle.optimizers.metric;

import org.jspecify.annotations.NullMarked;
