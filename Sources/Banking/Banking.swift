// Banking
