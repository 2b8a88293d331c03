// The Functions app on Flex Consumption: .NET 10, isolated worker, one identity for everything.
param base string
param location string
param tags object
param identityId string
param identityClientId string
param blobEndpoint string
param queueEndpoint string
param tableEndpoint string
param deploymentContainer string
param busHost string
param vaultUri string
param insightsConnection string
param businessSettings string
param sendsPerSecond int
param sendGridSandbox bool
param sendGridRegion string
param sendGridEmailLogs bool
param maximumInstanceCount int
param instanceMemoryMB int
param alwaysReadyHttp int
param traceShare string
param schedules object

// NCRONTAB, six fields, UTC. One place for the defaults; an environment overrides what it wants otherwise.
var defaultSchedules = {
  ReviewDueSchedule: '0 0 * * * *'
  DecideWaitingSchedule: '0 */15 * * * *'
  SweepOpenWorkSchedule: '0 */10 * * * *'
  ReconcileUnknownsSchedule: '0 5,35 * * * *'
  RefitScoresSchedule: '0 0 2 * * *'
  AuditTouchpointsSchedule: '0 30 3 * * 0'
  BuildReportSchedule: '0 0 5 * * *'
  ObserveHomeSchedule: '0 7,22,37,52 * * * *'
}

var productSettings = {
  Storage__tableServiceUri: tableEndpoint
  SendGrid__ApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/sendgrid-api-key)'
  SendGrid__WebhookKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/sendgrid-webhook-key)'
  Shopify__WebhookSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/shopify-webhook-secret)'
  WooCommerce__WebhookSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/woocommerce-webhook-secret)'
  SendGrid__Sandbox: string(sendGridSandbox)
  SendGrid__Region: sendGridRegion
  SendGrid__Host: ''
  SendGrid__EmailLogs: string(sendGridEmailLogs)
  Sending__PerSecond: string(sendsPerSecond)
  Sending__MaxInstances: string(maximumInstanceCount)
  Business__Settings: businessSettings
  Business__InstanceSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/instance-secret)'
  Telemetry__TraceShare: traceShare
}

var hostSettings = {
  AZURE_CLIENT_ID: identityClientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ServiceBus__fullyQualifiedNamespace: busHost
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  AZURE_EXPERIMENTAL_ENABLE_ACTIVITY_SOURCE: 'true'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${base}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${base}'
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${deploymentContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttp == 0 ? [] : [
          {
            name: 'http'
            instanceCount: alwaysReadyHttp
          }
        ]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, productSettings, defaultSchedules, schedules)
  }
}

output appName string = app.name
output appHost string = app.properties.defaultHostName
