// The page ops opens first; its content is workbook.json.
param base string
param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'retention-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'RetentionFuncs ${base}'
    serializedData: loadTextContent('../workbook.json')
    sourceId: workspaceId
    version: '1.0'
  }
}
