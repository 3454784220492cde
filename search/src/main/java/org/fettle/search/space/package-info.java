/** Search spaces: parameters, the conditions between them, and their map onto the unit cube. */
@NullMarked
package org.fettle.search.space;

import org.jspecify.annotations.NullMarked;
