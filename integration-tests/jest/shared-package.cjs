/**
 * Transforms a file of a package into one line that takes the package from `shared-medusa-environment.cjs`. What a spec
 * mocks by the name that it or src imports stays mocked; what Medusa itself loads can't be.
 */
module.exports = {
  process: (_source, file) => ({
    code: `module.exports = requireShared(${JSON.stringify(file)})`,
  }),
  getCacheKey: (_source, file) => `shared ${file}`,
}
