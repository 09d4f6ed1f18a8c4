const Module = require("node:module")
const vm = require("node:vm")
const { ModernFakeTimers } = require("@jest/fake-timers")
const { TestEnvironment } = require("jest-environment-node")

const { createContext, Script } = vm

/** By file: compiled once for each worker and not once for each spec file that loads it. */
const compiled = new Map()
// Jest's runtime makes a new script of each file that a spec loads. What is run of it is a function that makes the module, so that
// nothing of one spec is in the next one's. A script that imports dynamically belongs to the spec that it was made for.
vm.Script = function ScriptOnce(code, options) {
  const before = compiled.get(options?.filename)
  if (before?.code === code) return before.script
  const script = new Script(code, options)
  if (!code.includes("import(")) compiled.set(options?.filename, { code, script })
  return script
}

// Jest's runtime runs each file by `script.runInContext`, and no setting of its changes that.
const onlyInName = new WeakSet()
const { runInContext } = Script.prototype
Script.prototype.runInContext = function runInContextOrHere(context, options) {
  return onlyInName.has(context)
    ? this.runInThisContext(options)
    : runInContext.call(this, context, options)
}

// Medusa's logger is loaded once for all files, so `--silent` does not reach it.
process.env.LOG_LEVEL ??= "error"

// Medusa finds modules, their models and migrations by their paths. The spec file's registry is the one that keeps them:
// the next file has theirs loaded anew.
Module._extensions[".ts"] = function loadAsTheSpecDoes(module, file) {
  Reflect.deleteProperty(require.cache, file)
  module.exports = globalThis.requireOfSpec(file)
}

/**
 * Gives spec files the packages of Medusa that the worker has loaded (by `shared-package.cjs`): 3,000 files, some 2 s
 * for each worker instead of for each spec file.
 *
 * So they run in the context of the worker itself and not in a new one for each, or Medusa's errors would be no
 * `instanceof Error` to them. What a file adds to `globalThis`, to Medusa's list of workflows and to its tables of
 * models, and changes in `process.env`, is put back when it ends.
 */
module.exports = class SharedMedusaEnvironment extends TestEnvironment {
  constructor(config, context) {
    // Not at the top, because jest transforms what an environment loads while it is loaded itself. And first here,
    // because what Medusa adds to the globals stays.
    require("@medusajs/medusa/core-flows")
    const { MetadataStorage, Utils } = require("@medusajs/framework/mikro-orm/core")
    const { WorkflowManager } = require("@medusajs/framework/orchestration")
    const { mikroORMEntityBuilder } = require("@medusajs/framework/utils")
    super(config, context)
    // Migrations, which Node's own `import` could not read.
    Utils.setDynamicImportProvider(async (path) => require(path))
    this.models = [MetadataStorage, mikroORMEntityBuilder]
    this.workflows = WorkflowManager
    this.workflowsBefore = new Set(WorkflowManager.getWorkflows().keys())
    this.globalsBefore = new Set(Reflect.ownKeys(globalThis))
    this.variablesBefore = { ...process.env }
    this.context = createContext({})
    onlyInName.add(this.context)
    this.global = globalThis
    this.global.requireShared = require
    this.fakeTimers = null
    this.fakeTimersModern = new ModernFakeTimers({
      config: config.projectConfig,
      global: globalThis,
    })
  }

  async teardown() {
    await super.teardown()
    for (const models of this.models) models.clear()
    for (const id of this.workflows.getWorkflows().keys()) {
      if (!this.workflowsBefore.has(id)) this.workflows.unregister(id)
    }
    for (const name of Reflect.ownKeys(globalThis)) {
      if (!this.globalsBefore.has(name)) Reflect.deleteProperty(globalThis, name)
    }
    for (const name of Object.keys(process.env)) {
      if (!(name in this.variablesBefore)) Reflect.deleteProperty(process.env, name)
    }
    Object.assign(process.env, this.variablesBefore)
  }
}
