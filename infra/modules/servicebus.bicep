// The queues of the product. Standard, because Basic has no duplicate detection. No connection strings: local authentication is off.
param namespaceName string
param location string
param tags object
param principalId string

// The queues of WorkQueues.All.
var queues = [
  'touchpoints'
  'customer-events'
  'delivery-events'
  'shard-runs'
]

// Data Owner rather than sender and receiver: with it the scaler may read how many messages wait.
var dataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: namespaceName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for queueName in queues: {
  parent: bus
  name: queueName
  properties: {
    lockDuration: 'PT5M'
    maxDeliveryCount: 10
    // Neither of the next two can be changed once the queue is there.
    requiresSession: false
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
    deadLetteringOnMessageExpiration: true
    defaultMessageTimeToLive: 'P14D'
    maxSizeInMegabytes: 5120
    enableBatchedOperations: true
  }
}]

resource roleOfApp 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus.id, principalId, dataOwner)
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataOwner)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output id string = bus.id
output host string = '${bus.name}.servicebus.windows.net'
