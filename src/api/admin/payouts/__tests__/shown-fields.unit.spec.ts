import { prepareListQuery } from "@medusajs/framework/http"
import {
  listBeneficiariesConfig,
  listImportsConfig,
  listTransfersConfig,
  retrieveBeneficiaryConfig,
  retrieveTransferConfig,
} from "../answers"

const configs = {
  listBeneficiariesConfig,
  retrieveBeneficiaryConfig,
  listTransfersConfig,
  retrieveTransferConfig,
  listImportsConfig,
}

const hidden = /seal|fingerprint|lease|key_id|\*|\./

describe.each(Object.entries(configs))("the fields of %s", (_, config) => {
  it.each([
    "sealed_account",
    "+sealed_account",
    "*",
    "*versions",
    "versions.*",
    "+versions.sealed_account",
    "version.sealed_account",
    "approval_seal,request_fingerprint",
    "+approval_seal",
    "payout_beneficiary_version.sealed_account",
    "-id",
    "",
  ])("show nothing that is sealed, whoever asks for %j", async (fields) => {
    const { remoteQueryConfig } = await prepareListQuery({ fields }, config)
    expect(remoteQueryConfig.fields).toContain("id")
    expect(remoteQueryConfig.fields.filter((field) => hidden.test(field))).toEqual([])
  })

  it("can't be sorted by what is sealed either", async () => {
    await expect(prepareListQuery({ order: "-approval_seal" }, config)).rejects.toThrow(
      "Order field"
    )
  })
})
