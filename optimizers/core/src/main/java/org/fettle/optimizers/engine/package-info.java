/** What an engine is asked and what it answers, without any engine. */
@NullMarked
package org.fettle.optimizers.engine;

import org.jspecify.annotations.NullMarked;
