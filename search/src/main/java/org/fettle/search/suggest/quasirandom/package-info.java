/** Points that fill the space more evenly than chance. */
@NullMarked
package org.fettle.search.suggest.quasirandom;

import org.jspecify.annotations.NullMarked;
