// The Azure home of RetentionFuncs in one resource group. How to deploy it: README.md beside this file.
targetScope = 'resourceGroup'

@description('Short name of the shop; begins every resource name. Lower case letters and digits.')
@minLength(2)
@maxLength(9)
param name string

@description('Tells environments apart: dev, prod.')
@allowed(['dev', 'prod'])
param environment string

@description('Region; it must offer Flex Consumption.')
param location string = resourceGroup().location

@description('The text of retention.yaml: what the business sets once.')
param businessSettings string

@description('Who is told of alerts.')
param alertEmail string

@description('Whether alert rules fire; in dev they are made and stay quiet.')
param alertsEnabled bool = environment == 'prod'

@description('What the resource group may cost a month, in the subscription currency, before somebody is told.')
@minValue(1)
param monthlySpend int = 100

@description('First day of the month in which spending is first watched, yyyy-MM-01. A budget keeps its first day: give the same one again.')
param spendFrom string

@description('More accepted messages in 24 hours than this are an alert.')
@minValue(1)
param dailySendsLimit int = 20000

@description('Messages a second that the SendGrid account may take; shared by all instances.')
@minValue(1)
param sendsPerSecond int = 10

@description('SendGrid checks every message and sends none. Off only when real customers are meant.')
param sendGridSandbox bool = true

@description('global or eu: where the SendGrid account keeps its data.')
@allowed(['global', 'eu'])
param sendGridRegion string = 'global'

@description('Whether unknown outcomes are looked up in the Email Logs of the account.')
param sendGridEmailLogs bool = false

@description('Instances one function may have at most; bounds what can be sent and spent.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances kept warm for HTTP (webhook, unsubscribe pages); 0 or more, billed while idle.')
@minValue(0)
param alwaysReadyHttp int = environment == 'prod' ? 1 : 0

@description('Share of traces kept, 0 to 1; metrics are always whole.')
param traceShare string = '1'

@description('Gigabytes a day after which Log Analytics takes no more; -1 for no end.')
param logCapGb int = 1

@description('Days that logs, traces and metrics are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('Client id of the Entra application people sign in with; empty: nobody signs in and the API stays closed to people.')
param signInClientId string = ''

@description('Overrides of the schedules (NCRONTAB, six fields, UTC), by setting name; see the settings table.')
param schedules object = {}

var suffix = take(uniqueString(resourceGroup().id, name, environment), 6)
var base = '${name}-${environment}-${suffix}'
var tags = {
  product: 'RetentionFuncs'
  environment: environment
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${base}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    base: base
    location: location
    tags: tags
    logCapGb: logCapGb
    logDays: logDays
    principalId: identity.properties.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    accountName: 'st${name}${environment}${suffix}'
    redundancy: environment == 'prod' ? 'Standard_ZRS' : 'Standard_LRS'
    location: location
    tags: tags
    principalId: identity.properties.principalId
  }
}

module bus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  params: {
    namespaceName: 'sb-${base}'
    location: location
    tags: tags
    principalId: identity.properties.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    vaultName: 'kv-${name}-${environment}-${suffix}'
    location: location
    tags: tags
    principalId: identity.properties.principalId
    purgeProtection: environment == 'prod'
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    base: base
    location: location
    tags: tags
    identityId: identity.id
    identityClientId: identity.properties.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    busHost: bus.outputs.host
    vaultUri: vault.outputs.uri
    insightsConnection: monitoring.outputs.insightsConnection
    businessSettings: businessSettings
    sendsPerSecond: sendsPerSecond
    sendGridSandbox: sendGridSandbox
    sendGridRegion: sendGridRegion
    sendGridEmailLogs: sendGridEmailLogs
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyHttp: alwaysReadyHttp
    traceShare: traceShare
    schedules: schedules
  }
}

module signIn 'modules/signin.bicep' = if (!empty(signInClientId)) {
  name: 'signin'
  params: {
    appName: app.outputs.appName
    clientId: signInClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    base: base
    location: location
    tags: tags
    alertEmail: alertEmail
    enabled: alertsEnabled
    workspaceId: monitoring.outputs.workspaceId
    busId: bus.outputs.id
    storageId: storage.outputs.id
    monthlySpend: monthlySpend
    spendFrom: spendFrom
    dailySendsLimit: dailySendsLimit
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    base: base
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

output appName string = app.outputs.appName
output appHost string = app.outputs.appHost
output vaultName string = vault.outputs.name
output workspaceName string = monitoring.outputs.workspaceName
