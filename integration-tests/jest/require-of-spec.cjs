// With this, `shared-medusa-environment.cjs` loads what Medusa asks for of the repository, as the spec file itself loads it.
globalThis.requireOfSpec = require
