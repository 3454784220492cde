/** Population based training: trials that go on from the ends of better ones. */
@NullMarked
package org.fettle.search.suggest.pbt;

import org.jspecify.annotations.NullMarked;
