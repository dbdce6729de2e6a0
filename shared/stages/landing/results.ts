/** Records of stage 4 as they stand in artifacts and cross the contract. */

// ---- goals ----

// ---- solution ----

// ---- package ----

// ---- pilot ----
