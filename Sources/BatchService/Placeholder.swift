// BatchService
