// WalletSimulator
