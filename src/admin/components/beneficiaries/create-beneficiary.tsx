import { Button, toast } from "@medusajs/ui"
import { useState } from "react"
import { useNavigate } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { useDraft, useKeptKey } from "../../lib/draft"
import { ChoiceField, Form, FormEnd, TextField } from "../form-fields"
import { Loaded } from "../problem"
import { MetadataField } from "../own-fields/own-fields"
import { metadataOf } from "../own-fields/metadata-text"
import { usePayoutProviders, useProviderName, type PayoutProvider } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useCreateBeneficiary, useLinkCustomer } from "./api"
import { ChooseCustomer } from "./linked-customer"
import {
  ContactFields,
  emptyContact,
  KindField,
  type Contact,
  filled,
  isComplete,
  ProviderFields,
  type FieldValues,
} from "./beneficiary-fields"

/** Makes somebody known who is to be paid, by what their gateway asks for. */
export function CreateBeneficiary({ onClose }: { onClose: () => void }) {
  const { t } = usePayoutWords()
  return (
    <SideDrawer title={t("beneficiaries.create.title")} onClose={onClose}>
      <Loaded answer={usePayoutProviders()} skeleton="h-64">
        {(providers) => <CreateForm providers={providers} onClose={onClose} />}
      </Loaded>
    </SideDrawer>
  )
}

function CreateForm({
  providers,
  onClose,
}: {
  providers: readonly PayoutProvider[]
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const form = useCreateForm(providers, onClose)
  const { provider, contact, command } = form
  return (
    <Form className="flex flex-col gap-y-6 px-6 py-4" onSubmit={form.create}>
      <ChooseProvider providers={providers} chosen={provider?.id ?? ""} onChoose={form.choose} />
      {provider && (
        <>
          <KindField
            kind={contact.kind}
            onChange={(kind) => form.setContact({ ...contact, kind })}
          />
          <ContactFields
            fields={provider.capabilities.contact_fields}
            contact={contact}
            onChange={form.setContact}
          />
          <ProviderFields
            legend={t("payouts.account")}
            explained={t("beneficiaries.accountKept")}
            fields={provider.capabilities.account_fields}
            values={form.account}
            onChange={form.setAccount}
          />
          <ProviderFields
            legend={t("beneficiaries.identity")}
            explained={t("beneficiaries.identityPassedOn")}
            fields={provider.capabilities.identity_fields}
            values={form.identity}
            onChange={form.setIdentity}
          />
          <TextField
            label={t("beneficiaries.optional", { field: t("payouts.externalId") })}
            value={form.externalId}
            maxLength={255}
            onChange={form.setExternalId}
            hint={t("beneficiaries.externalIdHint")}
          />
          <MetadataField lines={form.metadataLines} onChange={form.setMetadataLines} />
          <OptionalCustomer chosen={form.customerId} onChoose={form.setCustomerId} />
        </>
      )}
      <FormEnd
        error={command.error}
        onCancel={onClose}
        submit={t("beneficiaries.create.submit")}
        isBlocked={!form.isComplete}
        isBusy={command.isPending}
      />
    </Form>
  )
}

/**
 * What is typed. Account and identity stay in this page's memory alone; the rest is kept until it is sent, and the key
 * under which it is made once.
 */
function useCreateForm(providers: readonly PayoutProvider[], onClose: () => void) {
  const { t } = usePayoutWords()
  const navigate = useNavigate()
  const command = useCreateBeneficiary()
  const linkTo = useLinkTo()
  const [chosen, choose, forgetProvider] = useDraft("beneficiary:new:provider")
  const [kept, keep, forgetContact] = useDraft("beneficiary:new:contact")
  const [externalId, setExternalId, forgetExternalId] = useDraft("beneficiary:new:external")
  const [metadataLines, setMetadataLines, forgetMetadata] = useDraft("beneficiary:new:metadata")
  const [key, newKey] = useKeptKey("beneficiary:new")
  const [account, setAccount] = useState<FieldValues>({})
  const [identity, setIdentity] = useState<FieldValues>({})
  const [customerId, setCustomerId] = useState("")
  const provider =
    providers.find(({ id }) => id === chosen) ?? (providers.length === 1 ? providers[0] : undefined)
  const contact: Contact = kept === "" ? emptyContact : { ...emptyContact, ...JSON.parse(kept) }
  const capabilities = provider?.capabilities
  const metadata = metadataOf(metadataLines, null)

  const create = async () => {
    if (!provider || typeof metadata === "number") {
      return
    }
    const { kind, name, ...rest } = contact
    try {
      const { beneficiary } = await command.mutateAsync({
        provider_id: provider.id,
        kind,
        name: name.trim(),
        ...filled(rest),
        account: filled(account),
        identity: filled(identity),
        ...(externalId.trim() ? { external_id: externalId.trim() } : {}),
        ...(metadata === null ? {} : { metadata }),
        idempotency_key: key,
      })
      for (const forget of [
        forgetProvider,
        forgetContact,
        forgetExternalId,
        forgetMetadata,
        newKey,
      ]) {
        forget()
      }
      const values = { name: beneficiary.name }
      if (customerId !== "") {
        await linkTo(customerId, beneficiary)
      }
      if (beneficiary.same_account.length > 0) {
        toast.warning(t("beneficiaries.sameAccount.title"))
      } else {
        toast.success(t("beneficiaries.create.done", values))
      }
      onClose()
      navigate(`/payouts/beneficiaries/${beneficiary.id}`)
    } catch {
      // shown by the form, with what was typed
    }
  }

  return {
    provider,
    choose: (id: string) => {
      choose(id)
      setAccount({})
      setIdentity({})
    },
    contact,
    setContact: (next: Contact) => keep(JSON.stringify(next)),
    account,
    setAccount,
    identity,
    setIdentity,
    externalId,
    setExternalId,
    metadataLines,
    setMetadataLines,
    customerId,
    setCustomerId,
    command,
    create,
    isComplete:
      capabilities !== undefined &&
      typeof metadata !== "number" &&
      contact.name.trim() !== "" &&
      isComplete(capabilities.contact_fields, contact) &&
      isComplete(capabilities.account_fields, account) &&
      isComplete(capabilities.identity_fields, identity),
  }
}

/** Links one that was made: where that fails, its page still offers it. */
function useLinkTo() {
  const { t, reason } = usePayoutWords()
  const link = useLinkCustomer()
  return async (customer_id: string, { id, name }: { id: string; name: string }) => {
    try {
      await link.mutateAsync({ id, customer_id })
    } catch (error) {
      toast.error(t("customers.notLinked", { name, reason: reason(error) }))
    }
  }
}

/** Which of the shop's customers it is, for whoever may say so. */
function OptionalCustomer({
  chosen,
  onChoose,
}: {
  chosen: string
  onChoose: (id: string) => void
}) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const [isChoosing, setIsChoosing] = useState(false)
  if (!may?.("payout_beneficiary:update")) {
    return null
  }
  return (
    <div className="flex flex-col items-stretch gap-y-2">
      {isChoosing && <ChooseCustomer chosen={chosen} onChoose={onChoose} />}
      <Button
        type="button"
        size="small"
        variant="secondary"
        className="self-start"
        onClick={() => {
          onChoose("")
          setIsChoosing(!isChoosing)
        }}
      >
        {isChoosing
          ? t("customers.unlink")
          : t("beneficiaries.optional", { field: t("customers.open") })}
      </Button>
    </div>
  )
}

function ChooseProvider({
  providers,
  chosen,
  onChoose,
}: {
  providers: readonly PayoutProvider[]
  chosen: string
  onChoose: (id: string) => void
}) {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  return (
    <fieldset className="flex flex-col gap-y-2">
      <legend className="txt-compact-small-plus mb-2">{t("beneficiaries.through")}</legend>
      <ChoiceField
        label={t("beneficiaries.through")}
        choices={providers.map(({ id, capabilities }) => ({
          value: id,
          label: providerName(id),
          description: capabilities.currencies
            .map(({ currency_code }) => currency_code.toUpperCase())
            .join(", "),
        }))}
        chosen={chosen}
        onChoose={onChoose}
      />
    </fieldset>
  )
}
