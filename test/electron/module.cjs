// What `require('electron')` gives in the tests: the stand-in of the program under test.
module.exports = /** @type {{ electronStandIn?: unknown }} */ (globalThis).electronStandIn;
