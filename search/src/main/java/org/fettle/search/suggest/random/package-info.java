/** Independent draws, uniform on each parameter's scale. */
@NullMarked
package org.fettle.search.suggest.random;

import org.jspecify.annotations.NullMarked;
